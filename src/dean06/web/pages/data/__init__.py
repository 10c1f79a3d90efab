"""Đối soát: deliveries, runs, findings and scores."""
