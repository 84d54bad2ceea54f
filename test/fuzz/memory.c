/*-------------------------------------------------------------------------
 *
 * memory.c
 *	  A memory context whose every chunk is watched by AddressSanitizer.
 *
 * PostgreSQL's own contexts cut chunks from large blocks, within which the
 * sanitizer sees no borders.  Here every chunk is a malloc() of its own, so
 * that one byte too far, or one use too late, is noticed.  Chunks are filled
 * with a byte that differs from one to the next, so that a value with a byte
 * that nobody set differs from its like.
 *
 *-------------------------------------------------------------------------
 */
#include "memory.h"

#if PG_VERSION_NUM < 160000

#include <sanitizer/asan_interface.h>

/* what is forbidden to others is not to this file */
#pragma clang attribute push(__attribute__((no_sanitize("address"))), apply_to = function)

typedef struct Chunk
{
	struct Chunk *next;			/* a circle through the context's own */
	struct Chunk *previous;
	Size		size;
	MemoryContext context;		/* pfree() looks for it right before the memory */
} Chunk;

typedef struct WatchedContext
{
	MemoryContextData header;
	Chunk		chunks;
} WatchedContext;

#define MEMORY_OF(chunk) ((void *) ((chunk) + 1))
#define CHUNK_OF(pointer) ((Chunk *) (pointer) - 1)

static void *
watched_alloc(MemoryContext context, Size size)
{
	static uint8 filling = 0;
	Chunk	   *first = &((WatchedContext *) context)->chunks;
	Chunk	   *chunk = malloc(sizeof(Chunk) + size);

	if (chunk == NULL)
		return NULL;
	chunk->next = first->next;
	chunk->previous = first;
	chunk->next->previous = chunk->previous->next = chunk;
	chunk->size = size;
	chunk->context = context;
	memset(MEMORY_OF(chunk), ++filling, size);
	ASAN_POISON_MEMORY_REGION(chunk, sizeof(Chunk));
	return MEMORY_OF(chunk);
}

static void
watched_free(MemoryContext context, void *pointer)
{
	Chunk	   *chunk = CHUNK_OF(pointer);

	(void) context;
	chunk->next->previous = chunk->previous;
	chunk->previous->next = chunk->next;
	free(chunk);
}

static void *
watched_realloc(MemoryContext context, void *pointer, Size size)
{
	void	   *moved = watched_alloc(context, size);

	if (moved == NULL)
		return NULL;
	memcpy(moved, pointer, Min(size, CHUNK_OF(pointer)->size));
	watched_free(context, pointer);
	return moved;
}

static void
watched_reset(MemoryContext context)
{
	Chunk	   *first = &((WatchedContext *) context)->chunks;

	while (first->next != first)
		watched_free(context, MEMORY_OF(first->next));
}

static void
watched_delete(MemoryContext context)
{
	watched_reset(context);
	free(context);
}

static Size
watched_chunk_space(MemoryContext context, void *pointer)
{
	(void) context;
	return sizeof(Chunk) + CHUNK_OF(pointer)->size;
}

static bool
watched_is_empty(MemoryContext context)
{
	Chunk	   *first = &((WatchedContext *) context)->chunks;

	return first->next == first;
}

static void
watched_stats(MemoryContext context, MemoryStatsPrintFunc print, void *passthru,
			  MemoryContextCounters *totals, bool print_to_stderr)
{
	/* nobody asks but PostgreSQL itself, when it runs out of memory */
	(void) context;
	(void) print;
	(void) passthru;
	(void) totals;
	(void) print_to_stderr;
}

MemoryContext
ntm_fuzz_context_create(MemoryContext parent)
{
	static const MemoryContextMethods methods = {
		.alloc = watched_alloc,
		.free_p = watched_free,
		.realloc = watched_realloc,
		.reset = watched_reset,
		.delete_context = watched_delete,
		.get_chunk_space = watched_chunk_space,
		.is_empty = watched_is_empty,
		.stats = watched_stats
	};
	WatchedContext *context = malloc(sizeof(WatchedContext));

	context->chunks.next = context->chunks.previous = &context->chunks;
	MemoryContextCreate(&context->header, T_AllocSetContext, &methods, parent, "ntm fuzz");
	return &context->header;
}

#pragma clang attribute pop

#else

/*
 * From 16 on an extension cannot bring a kind of context.  With blocks this
 * small all chunks but the smallest get a malloc() of their own.
 */
MemoryContext
ntm_fuzz_context_create(MemoryContext parent)
{
	return AllocSetContextCreate(parent, "ntm fuzz", 0, 1024, 1024);
}

#endif
