"""A client that carries out the synchronisation procedure over HTTP. It never imports the simulator."""
