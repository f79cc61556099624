/* llama-server: the engine of the demo system. It listens on this machine,
   answers each connection in a thread of its own, and ends when its standard
   input does, so that it never outlives whoever started it.

   llama-server --port N --slots N --model FILE [--chatter LINES]
   exit codes: 2 for a command or model it cannot use, 3 for a port in use */

#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http.h"

static void *end_with_parent(void *unused) {
    char byte;
    while (read(0, &byte, 1) > 0) {
    }
    _exit(0);
    return unused;
}

static int is_model(const char *path) {
    char magic[4] = {0};
    FILE *file = fopen(path, "rb");
    size_t got = file ? fread(magic, 1, sizeof magic, file) : 0;
    if (file) fclose(file);
    return got == sizeof magic && memcmp(magic, "GGUF", 4) == 0;
}

static int listening(uint16_t *port) {
    struct sockaddr_in address = {0};
    socklen_t length = sizeof address;
    int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_family = AF_INET;
    address.sin_port = htons(*port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 64)) return -1;
    getsockname(listener, (struct sockaddr *)&address, &length);
    *port = ntohs(address.sin_port);
    return listener;
}

int main(int count, char **words) {
    uint16_t port = 0;
    const char *model = NULL;
    long chatter = 0, slots = 4;
    for (int i = 1; i + 1 < count; i += 2) {
        if (!strcmp(words[i], "--port")) port = (uint16_t)atoi(words[i + 1]);
        else if (!strcmp(words[i], "--slots")) slots = atol(words[i + 1]);
        else if (!strcmp(words[i], "--model")) model = words[i + 1];
        else if (!strcmp(words[i], "--chatter")) chatter = atol(words[i + 1]);
        else {
            fprintf(stderr, "unknown option %s\n", words[i]);
            return 2;
        }
    }
    if (!model || !is_model(model)) {
        fprintf(stderr, "no GGUF model at %s\n", model ? model : "(none given)");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    const char *request = getenv("NARRATION_CORRELATION_ID");
    if (request) fprintf(stderr, "started for %s\n", request);
    pthread_t parent;
    pthread_create(&parent, NULL, end_with_parent, NULL);
    for (long i = 0; i < chatter; i++) fprintf(stderr, "loading tensor %ld\n", i);
    int listener = listening(&port);
    if (listener < 0) {
        perror("cannot listen");
        return 3;
    }
    printf("listening on port %u\n", (unsigned)port);
    fflush(stdout);
    for (;;) {
        int connection = accept(listener, NULL, NULL);
        if (connection >= 0) serve(connection, slots);
    }
}
