"""The editable paper: a .docx written, measured and taken back, each within limits."""
