/* What the engine can say. */

/* The word of a number, any number. */
const char *word_at(unsigned number);
