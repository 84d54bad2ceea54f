/*
 * Preloaded next to AddressSanitizer's runtime, and initialized before every
 * other library: the runtime starts with the first malloc(), and must not do
 * so within one that libgpg-error's constructor makes while it holds a lock.
 */
#include <stdlib.h>

__attribute__((constructor)) static void
first(void)
{
	free(malloc(1));
}
