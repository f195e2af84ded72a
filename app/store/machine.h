/* Which machine this is and which start of it: for struct store_options. */
#ifndef STORE_MACHINE_H
#define STORE_MACHINE_H

#define MACHINE_BOOT_SIZE 40
#define MACHINE_ID_SIZE 33

/* Linux's id of this boot of the machine; "" if there is none. */
void machine_boot(char out[MACHINE_BOOT_SIZE]);
/* What differs on every machine and card, hashed; "" if nothing is known. */
void machine_id(char out[MACHINE_ID_SIZE]);

#endif
