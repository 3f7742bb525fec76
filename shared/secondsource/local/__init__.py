"""What runs on a person's own machine: embedded stores, the command line's work, the local server, the demo."""
