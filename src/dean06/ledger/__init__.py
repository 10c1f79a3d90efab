"""Append, prove, check: RFC 6962 trees and signed checkpoints. Holds no value of a person."""
