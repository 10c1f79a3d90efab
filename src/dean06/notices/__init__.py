"""What people are told: in the application and by e-mail, each sentence under its clause."""
