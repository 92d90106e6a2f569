// Versions in their folders. One is whole where its list of files has the name files.txt, which is given
// last; `current` names the one that a start takes.
#include "launcher.h"
#include <stdio.h>
#include <stdlib.h>

static int readNumber(const wchar_t **text) {
  if (!iswdigit(**text)) return -1;
  wchar_t *end;
  long number = wcstol(*text, &end, 10);
  *text = end;
  return number < 100000 ? (int)number : -1;
}

// `app-1.2.3`, or `app-1.2.3.2` for another copy of it beside; nothing else is a name of ours.
int readVersion(const wchar_t *name, Version *version) {
  if (wcslen(name) >= NAME_LENGTH || wcsncmp(name, L"app-", 4)) return 0;
  const wchar_t *at = name + 4;
  for (int part = 0; part < 3; part++) {
    if ((version->parts[part] = readNumber(&at)) < 0) return 0;
    if (part < 2 && *at++ != L'.') return 0;
  }
  version->parts[3] = 1;
  if (*at == L'.') {
    at++;
    if ((version->parts[3] = readNumber(&at)) < 2) return 0;
  }
  wcscpy(version->name, name);
  return *at == 0;
}

// Which copy of a version a folder is does not count.
int compareVersions(const Version *one, const Version *other) {
  for (int part = 0; part < 3; part++)
    if (one->parts[part] != other->parts[part]) return one->parts[part] - other->parts[part];
  return 0;
}

int isMarked(const wchar_t *name) {
  wchar_t folder[PATH_LENGTH], mark[PATH_LENGTH];
  joinPath(folder, root, name);
  joinPath(mark, folder, L"files.txt");
  return isThere(mark);
}

// By sizes alone: a start does not wait for sums.
int isWhole(const wchar_t *name) {
  wchar_t folder[PATH_LENGTH];
  joinPath(folder, root, name);
  return isAsListed(folder, L"files.txt", SIZES, 0);
}

int listFolders(Version *versions) {
  wchar_t pattern[PATH_LENGTH];
  WIN32_FIND_DATA found;
  int count = 0;
  joinPath(pattern, root, L"app-*");
  HANDLE search = FindFirstFile(pattern, &found);
  if (search == INVALID_HANDLE_VALUE) return 0;
  do {
    if (!(found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)) continue;
    if (count < MAX_VERSIONS && readVersion(found.cFileName, &versions[count])) count++;
  } while (FindNextFile(search, &found));
  FindClose(search);
  return count;
}

// The folder that a file of the root names in its one line, where that is a name of ours.
int nameInFile(const wchar_t *file, wchar_t *name) {
  wchar_t path[PATH_LENGTH];
  DWORD length;
  Version version;
  joinPath(path, root, file);
  char *text = readSmallFile(path, &length);
  *name = 0;
  if (!text) return 0;
  text[strcspn(text, "\r\n")] = 0;
  int isRead = MultiByteToWideChar(CP_UTF8, 0, text, -1, name, NAME_LENGTH) && readVersion(name, &version);
  free(text);
  if (!isRead) *name = 0;
  return isRead;
}

// Written beside, flushed, and moved over: there is never half a line.
int nameFolder(const wchar_t *file, const wchar_t *name) {
  wchar_t path[PATH_LENGTH], beside[PATH_LENGTH];
  char line[NAME_LENGTH + 2];
  joinPath(path, root, file);
  swprintf(beside, PATH_LENGTH, L"%ls.new", path);
  int length = snprintf(line, sizeof line, "%ls\r\n", name);
  return writeFlushed(beside, line, (DWORD)length) && moveOver(beside, path);
}

static wchar_t pointed[NAME_LENGTH], staged[NAME_LENGTH];

static int standing(const Version *version) {
  if (!wcscmp(version->name, pointed)) return 2;
  return wcscmp(version->name, staged) != 0;
}

static int byPreference(const void *left, const void *right) {
  const Version *one = left, *other = right;
  if (standing(one) != standing(other)) return standing(other) - standing(one);
  int difference = compareVersions(other, one);
  return difference != 0 ? difference : other->parts[3] - one->parts[3];
}

// First the one that `current` names, then the newest; one that only waits for its switch is the last resort.
int listByPreference(Version *versions) {
  nameInFile(L"current", pointed);
  nameInFile(L"staged", staged);
  int count = listFolders(versions);
  qsort(versions, count, sizeof *versions, byPreference);
  return count;
}

int whatAStartTakes(Version *version) {
  static Version versions[MAX_VERSIONS];
  int count = listByPreference(versions);
  for (int at = 0; at < count; at++) {
    if (!isWhole(versions[at].name)) continue;
    *version = versions[at];
    return 1;
  }
  return 0;
}
