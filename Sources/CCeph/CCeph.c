#include "CCeph.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static snapsh_ceph calls;
static char problem[512];
static pthread_once_t once = PTHREAD_ONCE_INIT;

struct name { const char *symbol; void **field; };

#define CALL(symbol) {#symbol, (void **)&calls.symbol}

static const struct name rados_names[] = {
    CALL(rados_create),
    CALL(rados_conf_read_file),
    CALL(rados_conf_set),
    CALL(rados_connect),
    CALL(rados_shutdown),
    CALL(rados_getaddrs),
    CALL(rados_blocklist_add),
    CALL(rados_wait_for_latest_osdmap),
    CALL(rados_mon_command),
    CALL(rados_buffer_free),
    CALL(rados_ioctx_create),
    CALL(rados_ioctx_destroy),
    CALL(rados_ioctx_set_namespace),
    CALL(rados_lock_exclusive),
    CALL(rados_unlock),
    CALL(rados_write_full),
    CALL(rados_read),
    CALL(rados_remove),
    CALL(rados_create_write_op),
    CALL(rados_release_write_op),
    CALL(rados_write_op_create),
    CALL(rados_write_op_omap_cmp2),
    CALL(rados_write_op_omap_set2),
    CALL(rados_write_op_omap_rm_keys2),
    CALL(rados_write_op_omap_rm_range2),
    CALL(rados_write_op_operate),
    CALL(rados_create_read_op),
    CALL(rados_release_read_op),
    CALL(rados_read_op_omap_get_vals2),
    CALL(rados_read_op_omap_get_vals_by_keys2),
    CALL(rados_read_op_operate),
    CALL(rados_omap_get_next2),
    CALL(rados_omap_get_end),
};
static const struct name rbd_names[] = {
    CALL(rbd_namespace_create),
    CALL(rbd_image_options_create),
    CALL(rbd_image_options_destroy),
    CALL(rbd_create4),
    CALL(rbd_open),
    CALL(rbd_open_read_only),
    CALL(rbd_close),
    CALL(rbd_remove),
    CALL(rbd_rename),
    CALL(rbd_resize),
    CALL(rbd_get_size),
    CALL(rbd_read),
    CALL(rbd_write),
    CALL(rbd_flush),
    CALL(rbd_diff_iterate2),
    CALL(rbd_metadata_set),
    CALL(rbd_metadata_get),
    CALL(rbd_metadata_remove),
    CALL(rbd_snap_create),
    CALL(rbd_snap_remove),
    CALL(rbd_snap_rollback_with_progress),
    CALL(rbd_snap_remove_by_id),
    CALL(rbd_snap_get_namespace_type),
    CALL(rbd_snap_get_trash_namespace),
    CALL(rbd_snap_list),
    CALL(rbd_snap_list_end),
};

static int find(const char *library, const struct name *names, size_t count) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  for (size_t i = 0; handle && i < count; i++)
    if (!(*names[i].field = dlsym(handle, names[i].symbol))) handle = NULL;
  if (handle) return 1;
  snprintf(problem, sizeof problem, "%s", dlerror());
  return 0;
}

static void load(void) {
  // librbd uses librados: one copy of it serves both.
  if (find("librados.so.2", rados_names, sizeof rados_names / sizeof *rados_names))
    find("librbd.so.1", rbd_names, sizeof rbd_names / sizeof *rbd_names);
}

const snapsh_ceph *snapsh_ceph_load(void) {
  pthread_once(&once, load);
  return problem[0] ? NULL : &calls;
}

const char *snapsh_ceph_problem(void) { return problem; }
