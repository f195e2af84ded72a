/* A folder as printer: each slip as slip-NN.escpos and slip-NN.png. */
#ifndef PRINT_PRINTER_DIR_H
#define PRINT_PRINTER_DIR_H

#include "print/printer.h"

/* The next number after the greatest one there; makes the folder. A slip is complete
 * under its name or not there: written aside, synced, renamed. */
enum err printer_dir_print(const char *path, const struct print_job *job) NODISCARD;

#endif
