"""The report as one page of HTML, and the pages of a folder of archives."""
