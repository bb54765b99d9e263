// The calls of librados and librbd (Ceph 16 and later) that snapsh makes, found when they are needed:
// nobody who doesn't use Ceph needs its libraries or headers. The prototypes are those of
// <rados/librados.h> and <rbd/librbd.h>, whose interface is stable.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>

typedef void *_Nullable snapsh_ceph_handle;
typedef int (*_Nullable snapsh_ceph_progress)(uint64_t offset, uint64_t total, void *_Nullable data);
typedef int (*_Nullable snapsh_ceph_extent)(uint64_t offset, size_t length, int exists,
                                            void *_Nullable data);

typedef struct {
  uint64_t id;
  uint64_t size;
  const char *_Nullable name;
} snapsh_rbd_snapshot;

// Every field is set once `snapsh_ceph_load` has succeeded.
typedef struct {
  // A connection.
  int (*_Nonnull rados_create)(snapsh_ceph_handle *_Nonnull, const char *_Nullable user);
  int (*_Nonnull rados_conf_read_file)(snapsh_ceph_handle, const char *_Nullable path);
  int (*_Nonnull rados_conf_set)(snapsh_ceph_handle, const char *_Nonnull, const char *_Nonnull);
  int (*_Nonnull rados_connect)(snapsh_ceph_handle);
  void (*_Nonnull rados_shutdown)(snapsh_ceph_handle);
  int (*_Nonnull rados_getaddrs)(snapsh_ceph_handle, char *_Nullable *_Nonnull);
  int (*_Nonnull rados_blocklist_add)(snapsh_ceph_handle, const char *_Nonnull, uint32_t seconds);
  int (*_Nonnull rados_wait_for_latest_osdmap)(snapsh_ceph_handle);
  int (*_Nonnull rados_mon_command)(snapsh_ceph_handle, const char *_Nullable *_Nonnull command,
                                    size_t, const char *_Nullable in, size_t,
                                    char *_Nullable *_Nonnull out, size_t *_Nonnull,
                                    char *_Nullable *_Nullable status, size_t *_Nullable);
  void (*_Nonnull rados_buffer_free)(char *_Nullable);
  int (*_Nonnull rados_ioctx_create)(snapsh_ceph_handle, const char *_Nonnull pool,
                                     snapsh_ceph_handle *_Nonnull);
  void (*_Nonnull rados_ioctx_destroy)(snapsh_ceph_handle);
  void (*_Nonnull rados_ioctx_set_namespace)(snapsh_ceph_handle, const char *_Nonnull);

  // Objects.
  int (*_Nonnull rados_lock_exclusive)(snapsh_ceph_handle, const char *_Nonnull object,
                                       const char *_Nonnull name, const char *_Nonnull cookie,
                                       const char *_Nonnull description,
                                       struct timeval *_Nullable duration, uint8_t flags);
  int (*_Nonnull rados_unlock)(snapsh_ceph_handle, const char *_Nonnull object,
                               const char *_Nonnull name, const char *_Nonnull cookie);
  int (*_Nonnull rados_write_full)(snapsh_ceph_handle, const char *_Nonnull object,
                                   const char *_Nonnull, size_t);
  int (*_Nonnull rados_read)(snapsh_ceph_handle, const char *_Nonnull object, char *_Nonnull, size_t,
                             uint64_t offset);
  int (*_Nonnull rados_remove)(snapsh_ceph_handle, const char *_Nonnull object);
  snapsh_ceph_handle (*_Nonnull rados_create_write_op)(void);
  void (*_Nonnull rados_release_write_op)(snapsh_ceph_handle);
  void (*_Nonnull rados_write_op_create)(snapsh_ceph_handle, int exclusive,
                                         const char *_Nullable category);
  void (*_Nonnull rados_write_op_omap_cmp2)(snapsh_ceph_handle, const char *_Nonnull key,
                                            uint8_t comparison, const char *_Nonnull value,
                                            size_t key_length, size_t value_length,
                                            int *_Nullable result);
  void (*_Nonnull rados_write_op_omap_set2)(snapsh_ceph_handle,
                                            const char *_Nullable const *_Nonnull keys,
                                            const char *_Nullable const *_Nonnull values,
                                            const size_t *_Nonnull key_lengths,
                                            const size_t *_Nonnull value_lengths, size_t count);
  void (*_Nonnull rados_write_op_omap_rm_keys2)(snapsh_ceph_handle,
                                                const char *_Nullable const *_Nonnull keys,
                                                const size_t *_Nonnull key_lengths, size_t count);
  void (*_Nonnull rados_write_op_omap_rm_range2)(snapsh_ceph_handle, const char *_Nonnull begin,
                                                 size_t, const char *_Nonnull end, size_t);
  int (*_Nonnull rados_write_op_operate)(snapsh_ceph_handle, snapsh_ceph_handle context,
                                         const char *_Nonnull object, time_t *_Nullable, int flags);
  snapsh_ceph_handle (*_Nonnull rados_create_read_op)(void);
  void (*_Nonnull rados_release_read_op)(snapsh_ceph_handle);
  void (*_Nonnull rados_read_op_omap_get_vals2)(snapsh_ceph_handle, const char *_Nonnull after,
                                                const char *_Nonnull prefix, uint64_t count,
                                                snapsh_ceph_handle *_Nonnull iterator,
                                                unsigned char *_Nullable more,
                                                int *_Nullable result);
  void (*_Nonnull rados_read_op_omap_get_vals_by_keys2)(snapsh_ceph_handle,
                                                        const char *_Nullable const *_Nonnull keys,
                                                        size_t count, const size_t *_Nonnull lengths,
                                                        snapsh_ceph_handle *_Nonnull iterator,
                                                        int *_Nullable result);
  int (*_Nonnull rados_read_op_operate)(snapsh_ceph_handle, snapsh_ceph_handle context,
                                        const char *_Nonnull object, int flags);
  int (*_Nonnull rados_omap_get_next2)(snapsh_ceph_handle, char *_Nullable *_Nonnull key,
                                       char *_Nullable *_Nonnull value, size_t *_Nonnull key_length,
                                       size_t *_Nonnull value_length);
  void (*_Nonnull rados_omap_get_end)(snapsh_ceph_handle);

  // Images.
  int (*_Nonnull rbd_namespace_create)(snapsh_ceph_handle, const char *_Nonnull);
  void (*_Nonnull rbd_image_options_create)(snapsh_ceph_handle *_Nonnull);
  void (*_Nonnull rbd_image_options_destroy)(snapsh_ceph_handle);
  int (*_Nonnull rbd_create4)(snapsh_ceph_handle, const char *_Nonnull name, uint64_t size,
                              snapsh_ceph_handle options);
  int (*_Nonnull rbd_open)(snapsh_ceph_handle, const char *_Nonnull name,
                           snapsh_ceph_handle *_Nonnull, const char *_Nullable snapshot);
  int (*_Nonnull rbd_open_read_only)(snapsh_ceph_handle, const char *_Nonnull name,
                                     snapsh_ceph_handle *_Nonnull, const char *_Nullable snapshot);
  int (*_Nonnull rbd_close)(snapsh_ceph_handle);
  int (*_Nonnull rbd_remove)(snapsh_ceph_handle, const char *_Nonnull name);
  int (*_Nonnull rbd_rename)(snapsh_ceph_handle, const char *_Nonnull, const char *_Nonnull);
  int (*_Nonnull rbd_resize)(snapsh_ceph_handle, uint64_t);
  int (*_Nonnull rbd_get_size)(snapsh_ceph_handle, uint64_t *_Nonnull);
  ssize_t (*_Nonnull rbd_read)(snapsh_ceph_handle, uint64_t offset, size_t, char *_Nonnull);
  ssize_t (*_Nonnull rbd_write)(snapsh_ceph_handle, uint64_t offset, size_t, const char *_Nonnull);
  int (*_Nonnull rbd_flush)(snapsh_ceph_handle);
  int (*_Nonnull rbd_diff_iterate2)(snapsh_ceph_handle, const char *_Nullable from, uint64_t offset,
                                    uint64_t length, uint8_t include_parent, uint8_t whole_object,
                                    snapsh_ceph_extent, void *_Nullable);
  int (*_Nonnull rbd_metadata_set)(snapsh_ceph_handle, const char *_Nonnull, const char *_Nonnull);
  int (*_Nonnull rbd_metadata_get)(snapsh_ceph_handle, const char *_Nonnull, char *_Nonnull,
                                   size_t *_Nonnull);
  int (*_Nonnull rbd_metadata_remove)(snapsh_ceph_handle, const char *_Nonnull);
  int (*_Nonnull rbd_snap_create)(snapsh_ceph_handle, const char *_Nonnull);
  int (*_Nonnull rbd_snap_remove)(snapsh_ceph_handle, const char *_Nonnull);
  int (*_Nonnull rbd_snap_rollback_with_progress)(snapsh_ceph_handle, const char *_Nonnull,
                                                  snapsh_ceph_progress, void *_Nullable);
  int (*_Nonnull rbd_snap_remove_by_id)(snapsh_ceph_handle, uint64_t snapshot);
  int (*_Nonnull rbd_snap_get_namespace_type)(snapsh_ceph_handle, uint64_t snapshot,
                                              int *_Nonnull type);
  int (*_Nonnull rbd_snap_get_trash_namespace)(snapsh_ceph_handle, uint64_t snapshot,
                                               char *_Nonnull original_name, size_t);
  int (*_Nonnull rbd_snap_list)(snapsh_ceph_handle, snapsh_rbd_snapshot *_Nullable,
                                int *_Nonnull count);
  void (*_Nonnull rbd_snap_list_end)(snapsh_rbd_snapshot *_Nonnull);
} snapsh_ceph;

// The calls; null when a library isn't there or lacks one, which `snapsh_ceph_problem` then tells.
const snapsh_ceph *_Nullable snapsh_ceph_load(void);
const char *_Nonnull snapsh_ceph_problem(void);
