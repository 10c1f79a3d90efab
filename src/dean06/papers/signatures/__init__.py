"""Digital signatures on papers (PAdES): signed first, numbered after, sealed last; and the proof of any PDF."""
