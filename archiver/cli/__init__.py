"""Words: one module a command, rendering, and the boundary where faults become exit codes."""
