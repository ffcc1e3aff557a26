// core/script/embed/embed.c - dtl-embed, run by the build: writes files as C arrays, Lua as source and bytecode.
//
//   dtl-embed OUTPUT.c NAME=FILE...
//
// A .lua file that Lua cannot compile fails the build with its path, line and message; any other file
// is kept as it is.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

// No shipped script comes near this; one that does is a mistake in the list.
enum {
    SOURCE_MAX = 4 * 1024 * 1024,
    BYTES_A_LINE = 24
};

typedef struct input {
    const char *name;
    const char *path;
} input;

// Where the bytes of one array go, and how many there were.
typedef struct sink {
    FILE *out;
    size_t count;
} sink;

static void write_bytes(sink *to, const void *bytes, size_t size)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < size; i++)
        fprintf(to->out, "%s%u,", to->count++ % BYTES_A_LINE ? "" : "\n    ", byte[i]);
}

static int write_chunk(lua_State *L, const void *bytes, size_t size, void *user)
{
    (void)L;
    write_bytes(user, bytes, size);
    return 0;
}

// The whole file in memory from malloc, or NULL with a message.
static char *read_file(const char *path, size_t *size)
{
    FILE *in = fopen(path, "rb");
    if (!in) {
        perror(path);
        return NULL;
    }
    char *text = malloc(SOURCE_MAX);
    *size = text ? fread(text, 1, SOURCE_MAX, in) : 0;
    bool whole = text && !ferror(in) && *size < SOURCE_MAX;
    fclose(in);
    if (whole)
        return text;
    fprintf(stderr, "%s: cannot be read, or has %d bytes or more\n", path, SOURCE_MAX);
    free(text);
    return NULL;
}

// Lua names the chunk; an editor wants the path.
static void print_lua_error(const input *file, const char *message)
{
    size_t length = strlen(file->name);
    if (strncmp(message, file->name, length) == 0 && message[length] == ':')
        message += length + 1;
    else
        fputs("error: ", stderr);
    fprintf(stderr, "%s:%s\n", file->path, message);
}

static bool compile(lua_State *L, const input *file, const char *text, size_t size)
{
    const char *chunk_name = lua_pushfstring(L, "@%s", file->name);
    bool ok = luaL_loadbufferx(L, text, size, chunk_name, "t") == LUA_OK;
    if (!ok)
        print_lua_error(file, lua_tostring(L, -1));
    return ok;
}

static bool is_lua(const char *name)
{
    size_t size = strlen(name);
    return size > 4 && strcmp(name + size - 4, ".lua") == 0;
}

static bool write_file(FILE *out, const input *file, size_t index, size_t sizes[2])
{
    char *text = read_file(file->path, &sizes[0]);
    lua_State *L = luaL_newstate();
    bool lua = is_lua(file->path);
    bool ok = text && L && (!lua || compile(L, file, text, sizes[0]));
    if (ok) {
        sink source = {out, 0};
        fprintf(out, "\nstatic const unsigned char source_%zu[] = {", index);
        write_bytes(&source, text, sizes[0]);
        fprintf(out, "0};\n\nstatic const unsigned char bytecode_%zu[] = {", index);
        sink bytecode = {out, 0};
        ok = !lua || lua_dump(L, write_chunk, &bytecode, 0) == 0;
        sizes[1] = bytecode.count;
        fputs(lua ? "};\n" : "0};\n", out);
    }
    if (L)
        lua_close(L);
    free(text);
    return ok;
}

static bool write_all(FILE *out, const input *files, size_t count)
{
    size_t(*sizes)[2] = calloc(count, sizeof *sizes);
    bool ok = sizes != NULL;
    fputs("// Made by dtl-embed from the Lua files named in CMakeLists.txt.\n"
          "#include \"script/embed/embedded.h\"\n",
          out);
    for (size_t i = 0; ok && i < count; i++)
        ok = write_file(out, &files[i], i, sizes[i]);
    fputs("\nconst dtl_embedded dtl_embedded_files[] = {\n", out);
    for (size_t i = 0; ok && i < count; i++)
        fprintf(out, "    {\"%s\", source_%zu, %zu, bytecode_%zu, %zu},\n", files[i].name, i,
                sizes[i][0], i, sizes[i][1]);
    fprintf(out, "};\n\nconst size_t dtl_embedded_count = %zu;\n", count);
    free(sizes);
    return ok;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const input *)a)->name, ((const input *)b)->name);
}

// Splits NAME=FILE in place, sorts, and refuses a name given twice.
static bool read_arguments(char **arguments, input *files, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *equals = strchr(arguments[i], '=');
        if (!equals) {
            fprintf(stderr, "dtl-embed: %s: expected NAME=FILE\n", arguments[i]);
            return false;
        }
        *equals = '\0';
        files[i] = (input){arguments[i], equals + 1};
    }
    qsort(files, count, sizeof *files, compare_names);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(files[i - 1].name, files[i].name) == 0) {
            fprintf(stderr, "dtl-embed: %s is named twice\n", files[i].name);
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: dtl-embed OUTPUT.c NAME=FILE...\n", stderr);
        return 2;
    }
    size_t count = (size_t)argc - 2;
    input *files = calloc(count, sizeof *files);
    FILE *out = NULL;
    bool ok = files && read_arguments(argv + 2, files, count);
    if (ok) {
        out = fopen(argv[1], "w");
        ok = out && write_all(out, files, count);
        if (!out)
            perror(argv[1]);
    }
    if (out && fclose(out) != 0) {
        perror(argv[1]);
        ok = false;
    }
    if (!ok)
        remove(argv[1]);  // half a table must not be compiled by the next build
    free(files);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
