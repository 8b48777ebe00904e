"""Topics -> every file of the site; the gate compares a new site with the published one."""
