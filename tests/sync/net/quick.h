/* What the simulator does a million times and the product seldom: memory for SQLite, and
 * keys and signatures. For tool_sim alone. */
#ifndef NET_QUICK_H
#define NET_QUICK_H

/* Before SQLite is used. One thread from here on. */
void quick_memory(void);

#endif
