"""The base of all rooms: findings, YAML with line numbers, atomic writing of files."""
