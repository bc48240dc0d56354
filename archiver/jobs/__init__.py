"""The files of scheduled jobs, derived from a plan: for GitHub, GitLab and systemd."""
