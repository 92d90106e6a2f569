// What the launcher's parts know of each other. What does something gives 1 where it was done, else 0.
#ifndef LAUNCHER_H
#define LAUNCHER_H
#define _WIN32_WINNT 0x0A00
#include <windows.h>
#include <wchar.h>

#define PATH_LENGTH 1024
#define NAME_LENGTH 64
#define MAX_VERSIONS 64

// The folder that the launcher lies in; every version lies in a folder of its own in it.
extern wchar_t root[PATH_LENGTH];

// files.c
enum Depth { SIZES, SUMS, SUMS_FLUSHED };
void joinPath(wchar_t *to, const wchar_t *folder, const wchar_t *name);
int isThere(const wchar_t *path);
int isHeldByOthers(DWORD error);
char *readSmallFile(const wchar_t *path, DWORD *length);
int writeFlushed(const wchar_t *path, const char *bytes, DWORD length);
int moveOver(const wchar_t *from, const wchar_t *to);
int isSameFolder(const wchar_t *one, const wchar_t *other);
int removeTree(const wchar_t *path);
int isAsListed(const wchar_t *folder, const wchar_t *list, enum Depth depth, DWORD patienceMs);

// versions.c
typedef struct {
  wchar_t name[NAME_LENGTH];
  int parts[4]; // of the version, and which copy of it this is: 1 for `app-1.2.3`, 2 for `app-1.2.3.2`
} Version;
int readVersion(const wchar_t *name, Version *version);
int compareVersions(const Version *one, const Version *other);
int isMarked(const wchar_t *name);
int isWhole(const wchar_t *name);
int listFolders(Version *versions);
int listByPreference(Version *versions);
int whatAStartTakes(Version *version);
int nameInFile(const wchar_t *file, wchar_t *name);
int nameFolder(const wchar_t *file, const wchar_t *name);

// processes.c
int anythingRunsIn(const wchar_t *name);
int otherTillRuns(const wchar_t *name);
int closeTill(DWORD limitMs);
int startProgram(const wchar_t *name, const wchar_t *arguments, HANDLE job, HANDLE *process);
DWORD runForAnswer(const wchar_t *name, const wchar_t *arguments, DWORD limitMs, DWORD codeAtLimit);

// place.c: what the installer has done for it, a step each
int isLauncher(const wchar_t *path);
int isFlat(void);
int roomFor(const wchar_t *version);
int dropFolder(const wchar_t *name);
int sweep(const wchar_t *version);
int placeLauncher(const wchar_t *name);
int removeVersions(void);

// link.c
int makeLink(const wchar_t *path);

#endif
