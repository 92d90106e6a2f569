// Files: read and replaced so that a scanner or a backup that holds one for a moment is waited for, and
// nobody waits for ever.
#include "launcher.h"
#include <bcrypt.h>
#include <stdio.h>
#include <stdlib.h>

#define RETRY_MS 100
#define READ_PATIENCE_MS 5000
#define REPLACE_PATIENCE_MS 10000
#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)
#define SMALL_BYTES (4 << 20)

void joinPath(wchar_t *to, const wchar_t *folder, const wchar_t *name) {
  swprintf(to, PATH_LENGTH, L"%ls\\%ls", folder, name);
}

int isThere(const wchar_t *path) { return GetFileAttributes(path) != INVALID_FILE_ATTRIBUTES; }

int isHeldByOthers(DWORD error) {
  return error == ERROR_SHARING_VIOLATION || error == ERROR_LOCK_VIOLATION || error == ERROR_ACCESS_DENIED;
}

static HANDLE openPatiently(const wchar_t *path, int forFlush, ULONGLONG end) {
  DWORD access = GENERIC_READ | (forFlush ? GENERIC_WRITE : 0);
  for (;;) {
    HANDLE file = CreateFile(path, access, SHARE_ALL, NULL, OPEN_EXISTING, 0, NULL);
    if (file != INVALID_HANDLE_VALUE) return file;
    if (!isHeldByOthers(GetLastError()) || GetTickCount64() > end) return file;
    Sleep(RETRY_MS);
  }
}

// Shared in every way: a reader never stands in the installer's way.
char *readSmallFile(const wchar_t *path, DWORD *length) {
  HANDLE file = openPatiently(path, 0, GetTickCount64() + READ_PATIENCE_MS);
  if (file == INVALID_HANDLE_VALUE) return NULL;
  DWORD size = GetFileSize(file, NULL), got = 0;
  char *bytes = size < SMALL_BYTES ? malloc(size + 1) : NULL;
  int isRead = bytes && ReadFile(file, bytes, size, &got, NULL) && got == size;
  CloseHandle(file);
  if (!isRead) {
    free(bytes);
    return NULL;
  }
  bytes[size] = 0;
  *length = size;
  return bytes;
}

int writeFlushed(const wchar_t *path, const char *bytes, DWORD length) {
  HANDLE file = CreateFile(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
  DWORD written = 0;
  if (file == INVALID_HANDLE_VALUE) return 0;
  int isDone = WriteFile(file, bytes, length, &written, NULL) && written == length && FlushFileBuffers(file);
  CloseHandle(file);
  return isDone;
}

static void takeOffReadOnly(const wchar_t *path) {
  DWORD attributes = GetFileAttributes(path);
  if (attributes != INVALID_FILE_ATTRIBUTES && attributes & FILE_ATTRIBUTE_READONLY)
    SetFileAttributes(path, attributes & ~(DWORD)FILE_ATTRIBUTE_READONLY);
}

// In one step, on the disk when it returns: whoever looks finds the old file or the new one, whole.
int moveOver(const wchar_t *from, const wchar_t *to) {
  takeOffReadOnly(to);
  ULONGLONG end = GetTickCount64() + REPLACE_PATIENCE_MS;
  for (;;) {
    if (MoveFileEx(from, to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) return 1;
    DWORD error = GetLastError();
    if (error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND || GetTickCount64() > end) return 0;
    Sleep(RETRY_MS);
  }
}

// By whatever way each is named: a drive of its own, a link, a short name.
int isSameFolder(const wchar_t *one, const wchar_t *other) {
  const wchar_t *paths[] = {one, other};
  BY_HANDLE_FILE_INFORMATION found[2];
  for (int at = 0; at < 2; at++) {
    HANDLE folder =
        CreateFile(paths[at], 0, SHARE_ALL, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    if (folder == INVALID_HANDLE_VALUE) return 0;
    int isRead = GetFileInformationByHandle(folder, &found[at]);
    CloseHandle(folder);
    if (!isRead) return 0;
  }
  return found[0].dwVolumeSerialNumber == found[1].dwVolumeSerialNumber &&
         found[0].nFileIndexHigh == found[1].nFileIndexHigh && found[0].nFileIndexLow == found[1].nFileIndexLow;
}

static void removeContent(const wchar_t *folder) {
  wchar_t path[PATH_LENGTH];
  WIN32_FIND_DATA found;
  joinPath(path, folder, L"*");
  HANDLE search = FindFirstFile(path, &found);
  if (search == INVALID_HANDLE_VALUE) return;
  do {
    if (!wcscmp(found.cFileName, L".") || !wcscmp(found.cFileName, L"..")) continue;
    joinPath(path, folder, found.cFileName);
    removeTree(path);
  } while (FindNextFile(search, &found));
  FindClose(search);
}

// A link to another folder goes, and what it leads to stays.
int removeTree(const wchar_t *path) {
  DWORD attributes = GetFileAttributes(path);
  if (attributes == INVALID_FILE_ATTRIBUTES) return 1;
  takeOffReadOnly(path);
  if (!(attributes & FILE_ATTRIBUTE_DIRECTORY)) return DeleteFile(path);
  if (!(attributes & FILE_ATTRIBUTE_REPARSE_POINT)) removeContent(path);
  return RemoveDirectory(path);
}

static int hashContent(HANDLE file, BCRYPT_HASH_HANDLE hash) {
  static UCHAR buffer[1 << 18];
  DWORD got = 0;
  for (;;) {
    if (!ReadFile(file, buffer, sizeof buffer, &got, NULL)) return 0;
    if (got == 0) return 1;
    if (BCryptHashData(hash, buffer, got, 0)) return 0;
  }
}

static int sha256(HANDLE file, char hex[65]) {
  static BCRYPT_ALG_HANDLE algorithm;
  BCRYPT_HASH_HANDLE hash;
  UCHAR sum[32];
  if (!algorithm && BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_SHA256_ALGORITHM, NULL, 0)) return 0;
  if (BCryptCreateHash(algorithm, &hash, NULL, 0, NULL, 0, 0)) return 0;
  int isDone = hashContent(file, hash) && !BCryptFinishHash(hash, sum, sizeof sum, 0);
  BCryptDestroyHash(hash);
  if (!isDone) return 0;
  for (int at = 0; at < 32; at++) sprintf(hex + 2 * at, "%02x", sum[at]);
  return 1;
}

static int hasSum(const wchar_t *path, const char *wanted, enum Depth depth, ULONGLONG end) {
  char found[65];
  HANDLE file = openPatiently(path, depth == SUMS_FLUSHED, end);
  if (file == INVALID_HANDLE_VALUE) return 0;
  int isSame = sha256(file, found) && !_stricmp(found, wanted);
  isSame = isSame && (depth != SUMS_FLUSHED || FlushFileBuffers(file));
  CloseHandle(file);
  return isSame;
}

static int hasSize(const wchar_t *path, unsigned long long wanted) {
  WIN32_FILE_ATTRIBUTE_DATA found;
  if (!GetFileAttributesEx(path, GetFileExInfoStandard, &found)) return 0;
  return (((unsigned long long)found.nFileSizeHigh << 32) | found.nFileSizeLow) == wanted;
}

// A line is `<bytes> <SHA-256> <path with backslashes>`.
static int isLineTrue(const wchar_t *folder, const char *line, enum Depth depth, ULONGLONG end) {
  unsigned long long size;
  char sum[65];
  wchar_t name[PATH_LENGTH / 2], path[PATH_LENGTH];
  int at = 0;
  if (sscanf(line, "%llu %64s %n", &size, sum, &at) < 2 || at == 0) return 0;
  if (!MultiByteToWideChar(CP_UTF8, 0, line + at, -1, name, PATH_LENGTH / 2)) return 0;
  joinPath(path, folder, name);
  return hasSize(path, size) && (depth == SIZES || hasSum(path, sum, depth, end));
}

// Whether every file of the list lies in the folder as it was packed; `patienceMs` is for all together.
int isAsListed(const wchar_t *folder, const wchar_t *list, enum Depth depth, DWORD patienceMs) {
  wchar_t path[PATH_LENGTH];
  DWORD length;
  ULONGLONG end = GetTickCount64() + patienceMs;
  joinPath(path, folder, list);
  char *text = readSmallFile(path, &length);
  if (!text) return 0;
  int lines = 0, isTrue = 1;
  for (char *line = strtok(text, "\r\n"); line && isTrue; line = strtok(NULL, "\r\n"), lines++)
    isTrue = isLineTrue(folder, line, depth, end);
  free(text);
  return isTrue && lines > 0;
}
