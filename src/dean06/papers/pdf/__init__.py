"""The archived paper: PDF/A written, and a PDF of any hand measured by place alone."""
