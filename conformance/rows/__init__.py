"""The rows of the matrix, in the order in which they are played."""
from . import echo, store_in, store_out, query, access, web, results, export
