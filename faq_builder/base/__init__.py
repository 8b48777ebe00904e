"""What every room rests on: findings, YAML that knows its lines, files written whole."""
