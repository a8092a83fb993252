/*
 * A disk that forgets what was not synced. Preloaded into a process (LD_PRELOAD), it keeps for every write below $UNSYNCED_ROOT what
 * stood there before, in a file per inode under $UNSYNCED_UNDO, until the file is synced. When the process is killed, whoever puts the
 * kept pieces back, latest first, has each file as it was at its last sync.
 *
 * With $UNSYNCED_LOG it also writes down, a line each, what was written, synced and renamed below the root, in that order.
 *
 * Each piece: file size, offset, length of the old bytes, length of the path (64-bit, native order), path, old bytes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name) ((type) dlsym(RTLD_NEXT, name))
typedef ssize_t (*write_at)(int, const void *, size_t, off_t);
typedef ssize_t (*write_next)(int, const void *, size_t);
typedef int (*sync_file)(int);
typedef int (*rename_file)(const char *, const char *);

static int below_root(int fd, char *path) {
    const char *root = getenv("UNSYNCED_ROOT");
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = root == NULL ? -1 : readlink(link, path, PATH_MAX - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = 0;
    return strncmp(path, root, strlen(root)) == 0;
}

static void log_line(const char *what, const char *path, const char *to) {
    const char *log = getenv("UNSYNCED_LOG");
    char line[3 * PATH_MAX];
    if (log == NULL) {
        return;
    }
    int length = snprintf(line, sizeof line, "%s\t%s%s%s\n", what, path, to == NULL ? "" : "\t", to == NULL ? "" : to);
    int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (out < 0 || REAL(write_next, "write")(out, line, (size_t) length) != length) {
        abort();
    }
    close(out);
}

static void undo_file(const struct stat *file, char *name) {
    snprintf(name, PATH_MAX, "%s/%llu", getenv("UNSYNCED_UNDO"), (unsigned long long) file->st_ino);
}

static void keep(int fd, off_t at, size_t length) {
    char path[PATH_MAX], undo[PATH_MAX];
    struct stat file;
    if (!below_root(fd, path) || fstat(fd, &file) != 0 || !S_ISREG(file.st_mode)) {
        return;
    }
    log_line("write", path, NULL);
    if (getenv("UNSYNCED_UNDO") == NULL) {
        return;
    }
    size_t old = at >= file.st_size ? 0 : (size_t) (file.st_size - at);
    old = old < length ? old : length;
    uint64_t head[4] = {(uint64_t) file.st_size, (uint64_t) at, old, strlen(path)};
    size_t total = sizeof head + head[3] + old;
    char *piece = malloc(total);
    int reader = open(path, O_RDONLY);
    memcpy(piece, head, sizeof head);
    memcpy(piece + sizeof head, path, head[3]);
    if (reader >= 0 && pread(reader, piece + sizeof head + head[3], old, at) == (ssize_t) old) {
        undo_file(&file, undo);
        int kept = open(undo, O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (kept < 0 || REAL(write_next, "write")(kept, piece, total) != (ssize_t) total) {
            abort();
        }
        close(kept);
    }
    if (reader >= 0) {
        close(reader);
    }
    free(piece);
}

static ssize_t written_at(int fd, const void *bytes, size_t length, off_t at) {
    pthread_mutex_lock(&lock);
    keep(fd, at, length);
    pthread_mutex_unlock(&lock);
    return REAL(write_at, "pwrite")(fd, bytes, length, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
    return written_at(fd, bytes, length, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at) {
    return written_at(fd, bytes, length, at);
}

ssize_t write(int fd, const void *bytes, size_t length) {
    struct stat file;
    if (fstat(fd, &file) == 0 && S_ISREG(file.st_mode)) {
        off_t at = fcntl(fd, F_GETFL) & O_APPEND ? file.st_size : lseek(fd, 0, SEEK_CUR);
        pthread_mutex_lock(&lock);
        keep(fd, at, length);
        pthread_mutex_unlock(&lock);
    }
    return REAL(write_next, "write")(fd, bytes, length);
}

static int synced(int fd, const char *name) {
    char path[PATH_MAX], undo[PATH_MAX];
    struct stat file;
    int result = REAL(sync_file, name)(fd);
    if (result == 0 && below_root(fd, path) && fstat(fd, &file) == 0) {
        pthread_mutex_lock(&lock);
        log_line("sync", path, NULL);
        if (getenv("UNSYNCED_UNDO") != NULL) {
            undo_file(&file, undo);
            unlink(undo);
        }
        pthread_mutex_unlock(&lock);
    }
    return result;
}

int fsync(int fd) {
    return synced(fd, "fsync");
}

int fdatasync(int fd) {
    return synced(fd, "fdatasync");
}

int rename(const char *from, const char *to) {
    int result = REAL(rename_file, "rename")(from, to);
    const char *root = getenv("UNSYNCED_ROOT");
    if (result == 0 && root != NULL && strncmp(to, root, strlen(root)) == 0) {
        pthread_mutex_lock(&lock);
        log_line("rename", from, to);
        pthread_mutex_unlock(&lock);
    }
    return result;
}
