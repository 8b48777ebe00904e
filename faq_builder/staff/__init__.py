"""What staff do besides building: start a site, import, lock, review, explain a topic, suggest, find missing topics."""
