"""dean06: the working platform of a Đề án 06 group."""
