"""Packets of the national axis of documents (QCVN 102:2016/BTTTT): what they say, written and read.

codes.py, edxml.yaml    the names and codes of the standard, each with where it was read
types.py                a packet as a value
signature.py            its checksums and XML signature
writing.py, reading.py  value to file, file to value; one undoes the other
"""
