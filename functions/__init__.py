"""Thin entries of the Lambda functions: parse the event, call one service, present. No logic."""
