/*
 * Lets a Node.js process that has loaded the till fork itself, so that a till can be born, killed and born
 * again many times a second. Preloaded (for madvise) and loaded as an addon (for the rest).
 *
 * The parent runs with --single-threaded: only the thread that forks goes on in the child. libuv makes its own
 * loop and threads anew, SQLite and OpenSSL notice a fork by themselves and draw other random numbers.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <limits.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The part of Node-API and libuv that is used; both promise to stay as they are. */
typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_callback_info__ *napi_callback_info;
typedef napi_value (*napi_callback)(napi_env, napi_callback_info);
extern int napi_create_function(napi_env, const char *, size_t, napi_callback, void *, napi_value *);
extern int napi_set_named_property(napi_env, napi_value, const char *, napi_value);
extern int napi_create_int64(napi_env, int64_t, napi_value *);
extern int napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *, void **);
extern int napi_get_value_int32(napi_env, napi_value, int32_t *);
extern int napi_get_value_string_utf8(napi_env, napi_value, char *, size_t, size_t *);
extern void *uv_default_loop(void);
extern int uv_loop_fork(void *);

/* V8 asks that its heap be left out of a fork, which is quicker for who only wants to start a program. */
int madvise(void *at, size_t length, int advice) {
  return advice == MADV_DONTFORK ? 0 : syscall(SYS_madvise, at, length, advice);
}

static napi_value number(napi_env env, int64_t value) {
  napi_value made;
  napi_create_int64(env, value, &made);
  return made;
}

/* fork() -> the child's number, 0 in the child. The child does not outlive its parent. */
static napi_value do_fork(napi_env env, napi_callback_info info) {
  (void)info;
  int pid = fork();
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (uv_loop_fork(uv_default_loop()) != 0) _exit(70);
  }
  return number(env, pid);
}

/* reap() -> a child that has ended, its number times 65,536 plus its status; 0 = there is none. */
static napi_value do_reap(napi_env env, napi_callback_info info) {
  (void)info;
  int status;
  int pid = waitpid(-1, &status, WNOHANG);
  return number(env, pid <= 0 ? 0 : ((int64_t)pid << 16) + (status & 0xffff));
}

/* exit(code): at once. Node's own exit waits for threads that a forked process has not. */
static napi_value do_exit(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value given;
  int32_t code = 0;
  napi_get_cb_info(env, info, &count, &given, NULL, NULL);
  napi_get_value_int32(env, given, &code);
  _exit(code);
}

/* watch(folder, control): from now on the shim that was preloaded looks after this folder. */
static napi_value do_watch(napi_env env, napi_callback_info info) {
  size_t count = 2, length;
  napi_value given[2];
  char folder[PATH_MAX], control[PATH_MAX];
  void (*begin)(const char *, const char *, const char *) = dlsym(RTLD_DEFAULT, "shim_begin");
  napi_get_cb_info(env, info, &count, given, NULL, NULL);
  napi_get_value_string_utf8(env, given[0], folder, sizeof folder, &length);
  napi_get_value_string_utf8(env, given[1], control, sizeof control, &length);
  if (!begin) _exit(71);
  begin(folder, NULL, control);
  return NULL;
}

static void export(napi_env env, napi_value exports, const char *name, napi_callback callback) {
  napi_value made;
  napi_create_function(env, name, (size_t)-1, callback, NULL, &made);
  napi_set_named_property(env, exports, name, made);
}

napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  export(env, exports, "fork", do_fork);
  export(env, exports, "reap", do_reap);
  export(env, exports, "exit", do_exit);
  export(env, exports, "watch", do_watch);
  return exports;
}
