"""What pages say that are not the page asked for, in many languages (`archiver-outcome-1`)."""
