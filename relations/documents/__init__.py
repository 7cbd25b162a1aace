"""From bytes to dated documents and their sentences."""
