// Node that starts and ends.
