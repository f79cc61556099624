#!/bin/sh
# In: a file with a word a line. Out: the same as rows of a C table.
set -eu
while read -r word; do
    printf '"%s",\n' "$word"
done <"$1"
