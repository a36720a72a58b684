/*
 * Orders one pattern by METIS and by CHOLMOD, for bench/ordering.ts.
 *   ordering FILE      FILE: int32 n, int32 entries, rowStart [n + 1], column [entries], all of a symmetric pattern
 * Prints "method seconds exact stored" a line: processor time of ordering and symbolic analysis (of METIS the ordering
 * alone), entries of L, and those of its supernodes, merged zeros included, triangles on the diagonal without their upper half.
 */
#include <metis.h>
#include <stdio.h>
#include <stdlib.h>
#include <suitesparse/cholmod.h>
#include <time.h>

static double seconds(clock_t since) { return (double)(clock() - since) / CLOCKS_PER_SEC; }

static double stored(const cholmod_factor *factor) {
  const int *first = factor->super, *rows = factor->pi;
  double sum = 0;
  for (size_t s = 0; s < factor->nsuper; s++) {
    const double width = first[s + 1] - first[s];
    sum += width * (rows[s + 1] - rows[s]) - width * (width - 1) / 2;
  }
  return sum;
}

/* `permutation` is used where method is CHOLMOD_GIVEN; 0 methods leaves the choice to CHOLMOD. */
static void analyse(cholmod_sparse *matrix, const char *name, int methods, int method, int *permutation, double before) {
  cholmod_common common;
  cholmod_start(&common);
  common.nmethods = methods;
  common.method[0].ordering = method;
  common.supernodal = CHOLMOD_SUPERNODAL;
  const clock_t since = clock();
  cholmod_factor *factor = cholmod_analyze_p(matrix, permutation, NULL, 0, &common);
  const double taken = before >= 0 ? before : seconds(since);
  printf("%s %.4f %.0f %.0f\n", name, taken, common.lnz, stored(factor));
  cholmod_free_factor(&factor, &common);
  cholmod_finish(&common);
}

/* The matrix's lower triangle (of columns that are rows: its upper triangle), and the graph without its diagonal. */
int main(int count, char **arguments) {
  FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
  int size[2];
  if (file == NULL || fread(size, 4, 2, file) != 2) return 2;
  const int n = size[0], entries = size[1];
  int *start = malloc(4 * (n + 1)), *column = malloc(4 * entries);
  if (fread(start, 4, n + 1, file) != (size_t)n + 1 || fread(column, 4, entries, file) != (size_t)entries) return 2;
  cholmod_common common;
  cholmod_start(&common);
  cholmod_sparse *matrix = cholmod_allocate_sparse(n, n, entries, 1, 1, 1, CHOLMOD_PATTERN, &common);
  idx_t *from = malloc(sizeof(idx_t) * (n + 1)), *to = malloc(sizeof(idx_t) * entries);
  int *pointers = matrix->p, *rows = matrix->i, upper = 0, edges = 0;
  for (int i = 0; i < n; i++) {
    pointers[i] = upper;
    from[i] = edges;
    for (int p = start[i]; p < start[i + 1]; p++) {
      if (column[p] <= i) rows[upper++] = column[p];
      if (column[p] != i) to[edges++] = column[p];
    }
  }
  pointers[n] = upper;
  from[n] = edges;
  idx_t vertices = n, *order = malloc(sizeof(idx_t) * n), *place = malloc(sizeof(idx_t) * n);
  const clock_t since = clock();
  if (METIS_NodeND(&vertices, from, to, NULL, NULL, order, place) != METIS_OK) return 1;
  const double taken = seconds(since);
  analyse(matrix, "METIS", 1, CHOLMOD_GIVEN, order, taken);
  analyse(matrix, "CHOLMOD+METIS", 1, CHOLMOD_METIS, NULL, -1);
  analyse(matrix, "CHOLMOD+AMD", 1, CHOLMOD_AMD, NULL, -1);
  analyse(matrix, "CHOLMOD", 0, CHOLMOD_AMD, NULL, -1);
  cholmod_free_sparse(&matrix, &common);
  cholmod_finish(&common);
  return 0;
}
