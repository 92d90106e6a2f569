// The steps that the installer has done by the launcher: room for a version, what may go, and the launcher's
// own place.
#include "launcher.h"
#include <stdio.h>
#include <stdlib.h>

#define MAX_COPIES 90
#define HELD_PATIENCE_MS 2000
#define REMOVE_PATIENCE_MS 10000
#define WHOLE 100

// By it a launcher knows another, and tells it from a program that lies in the root itself.
static const char mark[] = "counterfoil launcher of versions side by side";

int isLauncher(const wchar_t *path) {
  DWORD length;
  int isFound = 0;
  char *bytes = readSmallFile(path, &length);
  for (DWORD at = 0; bytes && !isFound && at + sizeof mark <= length; at++)
    isFound = bytes[at] == mark[0] && !memcmp(bytes + at, mark, sizeof mark);
  free(bytes);
  return isFound;
}

// An installer of another kind has put the program itself where the launcher belongs.
int isFlat(void) {
  wchar_t path[PATH_LENGTH];
  joinPath(path, root, L"Counterfoil.exe");
  return isThere(path) && !isLauncher(path);
}

// The mark goes first: what is half removed is nowhere taken for a version.
int dropFolder(const wchar_t *name) {
  wchar_t folder[PATH_LENGTH], list[PATH_LENGTH];
  Version version;
  if (!readVersion(name, &version) || anythingRunsIn(name)) return 0;
  joinPath(folder, root, name);
  joinPath(list, folder, L"files.txt");
  return removeTree(list) && removeTree(folder);
}

static int areSame(const wchar_t *one, const wchar_t *other) {
  DWORD length = 0, otherLength = 0;
  char *bytes = readSmallFile(one, &length), *otherBytes = readSmallFile(other, &otherLength);
  int areSame = bytes && otherBytes && length == otherLength && !memcmp(bytes, otherBytes, length);
  free(bytes);
  free(otherBytes);
  return areSame;
}

// By the list of the set-up that runs, which lies in the root meanwhile: not by what the folder says of itself.
static int isOurs(const wchar_t *folder) {
  wchar_t list[PATH_LENGTH], ours[PATH_LENGTH];
  joinPath(list, folder, L"files.txt");
  joinPath(ours, root, L"files.new");
  return areSame(list, ours) && isAsListed(folder, L"files.txt", SUMS, HELD_PATIENCE_MS);
}

// Gives the number of the copy to unpack to, and 100 more where a copy lies there whole; 0 where there is no
// room. The copy that a start takes is never touched, nor the one that `current` names: it may only be held.
// One that is held or runs is passed by.
int roomFor(const wchar_t *version) {
  wchar_t name[NAME_LENGTH], pointed[NAME_LENGTH], folder[PATH_LENGTH];
  Version taken = {.name = L""};
  nameInFile(L"current", pointed);
  whatAStartTakes(&taken);
  for (int copy = 1; copy < MAX_COPIES; copy++) {
    swprintf(name, NAME_LENGTH, copy == 1 ? L"app-%ls" : L"app-%ls.%d", version, copy);
    joinPath(folder, root, name);
    if (!isThere(folder)) return copy;
    if (isOurs(folder)) return WHOLE + copy;
    if (wcscmp(name, taken.name) && wcscmp(name, pointed) && dropFolder(name)) return copy;
  }
  return 0;
}

static void removeMatching(const wchar_t *pattern) {
  wchar_t path[PATH_LENGTH], self[PATH_LENGTH];
  WIN32_FIND_DATA found;
  GetModuleFileName(NULL, self, PATH_LENGTH);
  joinPath(path, root, pattern);
  HANDLE search = FindFirstFile(path, &found);
  if (search == INVALID_HANDLE_VALUE) return;
  do {
    joinPath(path, root, found.cFileName);
    if (_wcsicmp(path, self)) removeTree(path);
  } while (FindNextFile(search, &found));
  FindClose(search);
}

// What electron-builder's installer puts into the root; by name, since anything else there is somebody's own.
static void removeFlatProgram(void) {
  static const wchar_t *const names[] = {
      L"resources", L"locales", L"*.dll", L"*.pak", L"*.bin", L"*.dat", L"version", L"LICENSE*.txt",
      L"LICENSES.chromium.html", L"vk_swiftshader_icd.json", L"uninstallerIcon.ico",
      L"Uninstall Counterfoil.exe"};
  if (isFlat()) return;
  for (size_t at = 0; at < sizeof names / sizeof *names; at++) removeMatching(names[at]);
}

static int keepsOlder(const Version *kept, const Version *than, const Version *found) {
  if (compareVersions(found, than) >= 0 || !isWhole(found->name)) return 0;
  return *kept->name == 0 || compareVersions(found, kept) > 0;
}

// What stays: the version that a start takes, the one that `current` names, the newest whole one older than
// the first, and one that waits for its switch, where that is of this version or this one is in place
// already. All else goes, unless it runs.
int sweep(const wchar_t *version) {
  static Version versions[MAX_VERSIONS];
  wchar_t name[NAME_LENGTH], pointed[NAME_LENGTH];
  Version taken = {.name = L""}, before = {.name = L""}, waits = {.name = L""}, now, wanted;
  swprintf(name, NAME_LENGTH, L"app-%ls", version);
  if (!readVersion(name, &wanted)) return 0;
  if (nameInFile(L"staged", name)) readVersion(name, &waits);
  int isSame = nameInFile(L"current", pointed) && readVersion(pointed, &now) && !compareVersions(&now, &wanted);
  int mayWait = isSame || !compareVersions(&waits, &wanted);
  int isTaken = whatAStartTakes(&taken), count = listFolders(versions);
  for (int at = 0; isTaken && at < count; at++)
    if (keepsOlder(&before, &taken, &versions[at])) before = versions[at];
  for (int at = 0; at < count; at++) {
    const wchar_t *found = versions[at].name;
    int isWaiting = mayWait && !wcscmp(found, waits.name);
    int stays = !wcscmp(found, taken.name) || !wcscmp(found, pointed) || !wcscmp(found, before.name);
    if (!stays && !isWaiting) dropFolder(found);
  }
  // A start takes it last for as long as it is there: it may run, and be refused afterwards.
  if (!mayWait && !isMarked(waits.name)) removeMatching(L"staged");
  removeMatching(L"gone-*");
  removeMatching(L"*.new");
  removeFlatProgram();
  return 1;
}

// Where a launcher is held by somebody, it stays: an older one reads the same `current`. Where there is none
// the version cannot be started, so what was pointed to is taken back.
int placeLauncher(const wchar_t *name) {
  wchar_t folder[PATH_LENGTH], from[PATH_LENGTH], beside[PATH_LENGTH], to[PATH_LENGTH];
  DWORD length;
  joinPath(folder, root, name);
  joinPath(from, folder, L"launcher.exe");
  joinPath(beside, root, L"Counterfoil.exe.new");
  joinPath(to, root, L"Counterfoil.exe");
  if (areSame(from, to)) return 1;
  char *bytes = readSmallFile(from, &length);
  int isDone = bytes && writeFlushed(beside, bytes, length) && moveOver(beside, to);
  free(bytes);
  if (isDone || isLauncher(to)) return 1;
  joinPath(to, root, L"current");
  DeleteFile(to);
  return 0;
}

static int renameAll(const wchar_t *fromStart, const wchar_t *toStart, const Version *versions, int count) {
  wchar_t from[PATH_LENGTH], to[PATH_LENGTH];
  for (int at = 0; at < count; at++) {
    swprintf(from, PATH_LENGTH, L"%ls\\%ls%ls", root, fromStart, versions[at].name + 4);
    swprintf(to, PATH_LENGTH, L"%ls\\%ls%ls", root, toStart, versions[at].name + 4);
    ULONGLONG end = GetTickCount64() + REMOVE_PATIENCE_MS;
    while (isThere(from) && !MoveFileEx(from, to, 0)) {
      if (GetTickCount64() > end) return at;
      Sleep(100);
    }
  }
  return count;
}

// First all get another name, the one that a start takes last: where one is held, nothing has changed.
int removeVersions(void) {
  static Version versions[MAX_VERSIONS];
  Version last;
  removeMatching(L"gone-*");
  int count = listByPreference(versions);
  for (int at = 0; at < count / 2; at++) {
    last = versions[at];
    versions[at] = versions[count - 1 - at];
    versions[count - 1 - at] = last;
  }
  int renamed = renameAll(L"app-", L"gone-", versions, count);
  if (renamed < count) {
    renameAll(L"gone-", L"app-", versions, renamed);
    return 0;
  }
  removeMatching(L"gone-*");
  return 1;
}
