/* Load for live fan-out: many Socket.IO 4 clients in one room, some of them talking at a steady pace.
 *
 *   live_load PORT CLIENTS MESSAGES_PER_SECOND SECONDS READY GO
 *
 * Touches the file READY when all have joined, and waits for the file GO. A delivery counts once its frame has been
 * parsed and the moment it was due is found in it; latency runs from that moment, so a late sender hides nothing.
 * Prints one line of JSON. One thread, epoll. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { SHAKING, OPEN, JOINED, DEAD };
enum { BUFFER = 1 << 16, SENDERS = 4, SLOTS = 20000, DRAIN_SECONDS = 5, PATIENCE_SECONDS = 60 };

typedef struct {
    int line, state, kept;
    char *rest;
} Client;

static Client *clients;
static int poller, port, joined, lost;
static uint64_t delivered, sent, slots[SLOTS]; /* a slot is a tenth of a millisecond */
static char buffer[BUFFER * 2];

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static void lose(Client *c) {
    if (c->state == DEAD) return;
    joined -= c->state == JOINED;
    lost++;
    c->state = DEAD;
    close(c->line);
}

static void write_all(Client *c, const char *bytes, int length) {
    while (length > 0) {
        int wrote = send(c->line, bytes, length, MSG_NOSIGNAL);
        if (wrote < 0 && errno == EAGAIN) { usleep(50); continue; }
        if (wrote < 0) { lose(c); return; }
        bytes += wrote;
        length -= wrote;
    }
}

/* A masked text frame; the mask is zero, which the protocol allows. */
static void say(Client *c, const char *text) {
    static char frame[4096];
    int length = strlen(text), head = length < 126 ? 2 : 4;
    frame[0] = (char)0x81;
    frame[1] = (char)(0x80 | (length < 126 ? length : 126));
    if (head == 4) { frame[2] = (char)(length >> 8); frame[3] = (char)length; }
    memset(frame + head, 0, 4);
    memcpy(frame + head + 4, text, length);
    write_all(c, frame, head + 4 + length);
}

static void note(uint64_t due) {
    uint64_t slot = (now() - due) / 100000;
    slots[slot < SLOTS ? slot : SLOTS - 1]++;
    delivered++;
}

static void hear(Client *c, char *text, int length) {
    if (length < 1) return;
    if (text[0] == '0') say(c, "40");
    else if (text[0] == '2') say(c, "3");
    else if (length > 1 && !memcmp(text, "40", 2)) { c->state = OPEN; say(c, "42[\"join\",\"room\"]"); }
    else if (length > 10 && !memcmp(text, "42[\"joined\"", 11)) { c->state = JOINED; joined++; }
    else if (length > 8 && !memcmp(text, "42[\"said\"", 9)) {
        char *due = memmem(text, length, "due ", 4);
        if (due) note(strtoull(due + 4, NULL, 10));
    }
}

/* Takes whole frames off the front; answers how many bytes it took. */
static int take_frames(Client *c, unsigned char *bytes, int length) {
    int taken = 0;
    while (length - taken >= 2 && c->state != DEAD) {
        unsigned char *f = bytes + taken;
        int size = f[1] & 127, head = 2;
        if (size == 126) { if (length - taken < 4) break; size = f[2] << 8 | f[3]; head = 4; }
        if (size == 127) { lose(c); break; }
        if (length - taken < head + size) break;
        if ((f[0] & 15) == 8) lose(c);
        else if ((f[0] & 15) == 1) hear(c, (char *)f + head, size);
        taken += head + size;
    }
    return taken;
}

static void read_from(Client *c) {
    memcpy(buffer, c->rest, c->kept);
    int got = recv(c->line, buffer + c->kept, BUFFER, MSG_DONTWAIT), taken = 0;
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) { lose(c); return; }
    int length = c->kept + got;
    if (c->state == SHAKING) {
        char *end = memmem(buffer, length, "\r\n\r\n", 4);
        if (end && memcmp(buffer + 9, "101", 3)) { lose(c); return; }
        if (end) { taken = end + 4 - buffer; c->state = OPEN; }
    }
    if (c->state != SHAKING) taken += take_frames(c, (unsigned char *)buffer + taken, length - taken);
    c->kept = length - taken;
    if (c->kept > BUFFER) { lose(c); return; }
    memcpy(c->rest, buffer + taken, c->kept);
}

static void open_line(Client *c) {
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct epoll_event what = {.events = EPOLLIN, .data.ptr = c};
    char hello[400];
    int yes = 1;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    c->line = socket(AF_INET, SOCK_STREAM, 0);
    c->rest = malloc(BUFFER);
    setsockopt(c->line, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(c->line, (void *)&place, sizeof place) < 0) { lose(c); return; }
    int length = snprintf(hello, sizeof hello,
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n", port);
    write_all(c, hello, length);
    epoll_ctl(poller, EPOLL_CTL_ADD, c->line, &what);
}

static void listen_for(int milliseconds) {
    static struct epoll_event heard[256];
    int count = epoll_wait(poller, heard, 256, milliseconds);
    for (int i = 0; i < count; i++) {
        Client *c = heard[i].data.ptr;
        if (c->state != DEAD) read_from(c);
    }
}

static double late_by(double share) {
    uint64_t seen = 0;
    for (int slot = 0; slot < SLOTS; slot++)
        if ((seen += slots[slot]) > delivered * share) return slot / 10.0;
    return SLOTS / 10.0;
}

int main(int count, char **words) {
    if (count != 7) { fprintf(stderr, "live_load PORT CLIENTS PER_SECOND SECONDS READY GO\n"); return 2; }
    port = atoi(words[1]);
    int many = atoi(words[2]), seconds = atoi(words[4]), who = 0;
    double pace = atof(words[3]);
    poller = epoll_create1(0);
    clients = calloc(many, sizeof *clients);
    for (int i = 0; i < many; i++) { open_line(&clients[i]); listen_for(0); }
    for (uint64_t start = now(); joined + lost < many && now() - start < PATIENCE_SECONDS * 1000000000ull;) listen_for(10);
    int began = joined;
    fclose(fopen(words[5], "w"));
    while (access(words[6], F_OK)) listen_for(20);

    uint64_t start = now(), end = start + seconds * 1000000000ull, due = start, most_late = 0;
    while (now() < end) {
        while (due <= now() && due < end) {
            char text[300];
            if (now() - due > most_late) most_late = now() - due;
            snprintf(text, sizeof text, "42[\"say\",{\"room\":\"room\",\"text\":\"due %llu %080d\"}]", (unsigned long long)due, 7);
            if (clients[who].state == JOINED) { say(&clients[who], text); sent++; }
            who = (who + 1) % SENDERS;
            due += 1e9 / pace;
        }
        listen_for(1);
    }
    while (delivered < sent * began && now() - end < DRAIN_SECONDS * 1000000000ull) listen_for(10);
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("{\"joined\": %d, \"lost\": %d, \"sent\": %llu, \"expected\": %llu, \"delivered\": %llu, \"p50\": %.1f, \"p99\": %.1f, "
           "\"sender_late_ms\": %.1f, \"client_cpu\": %.2f}\n", began, lost, (unsigned long long)sent,
           (unsigned long long)sent * began, (unsigned long long)delivered, late_by(.5), late_by(.99), most_late / 1e6,
           used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6);
    return 0;
}
