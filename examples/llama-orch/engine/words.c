/* The table of words, generated when the engine is built. */

#include "words.h"

static const char *const words[] = {
#include "table.h"
};

const char *word_at(unsigned number) { return words[number % (sizeof words / sizeof *words)]; }
