/* What the engine answers:
   GET  /health                          200 while it is well
   GET  /props                           its slots, as JSON
   POST /completion?max_tokens=N&delay_ms=N   the tokens, one a line, as they come;
                                         503 when every slot is taken
   POST /crash                           aborts
   POST /hang                            goes on without answering anybody */

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "http.h"
#include "words.h"

#ifdef GGML_USE_CUDA
#define BACKEND "cuda"
#else
#define BACKEND "cpu"
#endif

struct call {
    int connection;
    long slots;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long busy = 0;
static int hanging = 0;

static int send_all(int connection, const char *text, size_t length) {
    while (length > 0) {
        ssize_t sent = send(connection, text, length, 0);
        if (sent <= 0) return -1;
        text += sent;
        length -= (size_t)sent;
    }
    return 0;
}

static int answer(int connection, const char *status, const char *body) {
    char text[512];
    int length = snprintf(text, sizeof text,
                          "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n"
                          "Connection: close\r\n\r\n%s",
                          status, strlen(body), body);
    return send_all(connection, text, (size_t)length);
}

static long query(const char *target, const char *name, long otherwise) {
    const char *found = strstr(target, name);
    return found ? atol(found + strlen(name)) : otherwise;
}

static void complete(int connection, const char *target, const char *prompt) {
    static const char head[] =
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n"
        "Connection: close\r\n\r\n";
    long most = query(target, "max_tokens=", 16), delay = query(target, "delay_ms=", 5);
    struct timespec pause = {delay / 1000, (delay % 1000) * 1000000};
    unsigned seed = 5381;
    for (; *prompt; prompt++) seed = seed * 33 + (unsigned char)*prompt;
    if (send_all(connection, head, sizeof head - 1)) return;
    for (long i = 0; i < most; i++) {
        char chunk[128];
        const char *word = word_at(seed + (unsigned)i);
        int length = snprintf(chunk, sizeof chunk, "%zx\r\n%s\n\r\n", strlen(word) + 1, word);
        if (send_all(connection, chunk, (size_t)length)) return;
        nanosleep(&pause, NULL);
    }
    send_all(connection, "0\r\n\r\n", 5);
}

/* The head and, as far as it was announced, the body. */
static size_t receive(int connection, char *text, size_t room) {
    size_t got = 0;
    while (got + 1 < room) {
        ssize_t read = recv(connection, text + got, room - 1 - got, 0);
        if (read <= 0) return got;
        got += (size_t)read;
        text[got] = 0;
        const char *body = strstr(text, "\r\n\r\n"), *length = strstr(text, "ontent-length: ");
        if (!length) length = strstr(text, "ontent-Length: ");
        if (body && got >= (size_t)(body + 4 - text) + (length ? (size_t)atol(length + 15) : 0)) return got;
    }
    return got;
}

static void route(int connection, long slots, char *text) {
    char *body = strstr(text, "\r\n\r\n");
    if (!strncmp(text, "POST /completion", 16)) {
        pthread_mutex_lock(&lock);
        int taken = busy >= slots;
        if (!taken) busy++;
        pthread_mutex_unlock(&lock);
        if (taken) {
            answer(connection, "503 Service Unavailable", "{\"error\":\"every slot is taken\"}");
            return;
        }
        complete(connection, text, body ? body + 4 : "");
        pthread_mutex_lock(&lock);
        busy--;
        pthread_mutex_unlock(&lock);
    } else if (!strncmp(text, "GET /health", 11)) {
        answer(connection, "200 OK", "{\"status\":\"ok\"}");
    } else if (!strncmp(text, "GET /props", 10)) {
        char props[128];
        snprintf(props, sizeof props, "{\"slots\":%ld,\"backend\":\"%s\"}", slots, BACKEND);
        answer(connection, "200 OK", props);
    } else if (!strncmp(text, "POST /crash", 11)) {
        abort();
    } else if (!strncmp(text, "POST /hang", 10)) {
        hanging = 1;
        answer(connection, "200 OK", "{}");
    } else {
        answer(connection, "404 Not Found", "{\"error\":\"no such path\"}");
    }
}

static void *serving(void *given) {
    struct call *call = given;
    char *text = calloc(1, 65536);
    if (text && receive(call->connection, text, 65536) > 0) {
        while (hanging) sleep(1);
        route(call->connection, call->slots, text);
    }
    shutdown(call->connection, SHUT_WR);
    close(call->connection);
    free(text);
    free(call);
    return NULL;
}

void serve(int connection, long slots) {
    struct call *call = malloc(sizeof *call);
    pthread_t thread;
    if (!call) {
        close(connection);
        return;
    }
    call->connection = connection;
    call->slots = slots;
    if (pthread_create(&thread, NULL, serving, call)) {
        close(connection);
        free(call);
        return;
    }
    pthread_detach(thread);
}
