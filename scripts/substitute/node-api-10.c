/*
 * What better-sqlite3 uses of Node-API 10, over Node-API 9. `scripts/lib/addon.mjs` has renamed its imports.
 *
 * References to strings and other plain values, of which 9 allows none but to objects, functions and symbols: the
 * value is kept in an object, and the lowest bit of the reference, which is an aligned pointer, says so.
 *
 * And what is told to who throws in a worker that is being ended: node-addon-api aborts the process where it hears
 * anything else.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef void *napi_env;
typedef void *napi_value;
typedef void *napi_ref;
typedef int napi_status;

enum { napi_ok = 0, napi_invalid_arg = 1, napi_pending_exception = 10, napi_cannot_run_js = 23 };
/* Types of napi_valuetype that Node-API 9 handles itself. */
enum { napi_symbol = 5, napi_external = 8 };

extern napi_status napi_create_object(napi_env, napi_value *);
extern napi_status napi_create_reference(napi_env, napi_value, uint32_t, napi_ref *);
extern napi_status napi_delete_reference(napi_env, napi_ref);
extern napi_status napi_get_and_clear_last_exception(napi_env, napi_value *);
extern napi_status napi_get_element(napi_env, napi_value, uint32_t, napi_value *);
extern napi_status napi_get_reference_value(napi_env, napi_ref, napi_value *);
extern napi_status napi_is_exception_pending(napi_env, bool *);
extern napi_status napi_set_element(napi_env, napi_value, uint32_t, napi_value);
extern napi_status napi_throw(napi_env, napi_value);
extern napi_status napi_typeof(napi_env, napi_value, int *);

static bool is_boxed(napi_ref ref) { return (uintptr_t)ref & 1; }
static napi_ref tagged(napi_ref ref) { return (napi_ref)((uintptr_t)ref | 1); }
static napi_ref untagged(napi_ref ref) { return (napi_ref)((uintptr_t)ref & ~(uintptr_t)1); }

/* A reference can be made and read while an exception is pending, an element cannot: put the exception aside. */
static napi_value set_aside(napi_env env) {
  bool pending = false;
  napi_value exception = NULL;
  napi_is_exception_pending(env, &pending);
  if (pending) napi_get_and_clear_last_exception(env, &exception);
  return exception;
}

static void put_back(napi_env env, napi_value exception) {
  if (exception) napi_throw(env, exception);
}

static napi_status box_value(napi_env env, napi_value value, napi_value *box) {
  napi_status status = napi_create_object(env, box);
  if (status != napi_ok) return status;
  napi_value exception = set_aside(env);
  status = napi_set_element(env, *box, 0, value);
  put_back(env, exception);
  return status;
}

napi_status shim_create_reference(napi_env env, napi_value value, uint32_t count, napi_ref *ref) {
  int type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok) return status;
  if (type >= napi_symbol && type <= napi_external) return napi_create_reference(env, value, count, ref);
  /* A weak one would keep nothing: nobody else has the box. */
  if (count == 0) return napi_invalid_arg;
  napi_value box;
  status = box_value(env, value, &box);
  if (status == napi_ok) status = napi_create_reference(env, box, count, ref);
  if (status == napi_ok) *ref = tagged(*ref);
  return status;
}

napi_status shim_delete_reference(napi_env env, napi_ref ref) {
  return napi_delete_reference(env, untagged(ref));
}

napi_status shim_get_reference_value(napi_env env, napi_ref ref, napi_value *value) {
  if (!is_boxed(ref)) return napi_get_reference_value(env, ref, value);
  napi_value box;
  napi_status status = napi_get_reference_value(env, untagged(ref), &box);
  if (status != napi_ok) return status;
  napi_value exception = set_aside(env);
  status = napi_get_element(env, box, 0, value);
  put_back(env, exception);
  return status;
}

napi_status shim_throw(napi_env env, napi_value error) {
  napi_status status = napi_throw(env, error);
  bool pending = false;
  if (status == napi_pending_exception) napi_is_exception_pending(env, &pending);
  return status == napi_pending_exception && !pending ? napi_cannot_run_js : status;
}

/* For Node this is an addon, too: so it is loaded before those that need it. */
napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  (void)env;
  return exports;
}
