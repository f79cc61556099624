/* One connection of the engine. */

/* Answers a connection in a thread of its own and closes it. */
void serve(int connection, long slots);
