"""A client that carries out the synchronisation procedure over HTTP; no code of the simulator."""
