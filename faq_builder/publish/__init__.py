"""Topics -> every file of the site, and the gate between two publications."""
