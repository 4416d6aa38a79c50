"""What the conformance matrix and the soak test share: the program, its peers, and bytes on the wire. Python's standard library only."""
