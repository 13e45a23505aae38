/*
 * Validates packed tickets as src/lib/tickets/validation does, with libsecp256k1: the measure that bench/validation.ts
 * holds its engines against.
 *
 *   validate FILE
 *
 * FILE holds tickets of 329 bytes in the layout of packed-tickets.ts. Prints the number of winners and the nanoseconds.
 */
#include <secp256k1.h>
#include <secp256k1_recovery.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
  SENDER = 20,
  WIN_PROB = 72,
  RAND_HASH = 136,
  AUX_DATA = 168,
  SIG = 232,
  RECIPIENT_RAND = 297,
  TICKET = 329,
  RATE = 136
};

static const uint64_t round_constants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

/* Along the path of the pi step, which begins at lane 1. */
static const int pi_lane[24] = {10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1};
static const int rotation[24] = {1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44};

static inline uint64_t rotate(uint64_t x, int n) { return (x << n) | (x >> (64 - n)); }

static void permute(uint64_t lanes[25]) {
  for (int round = 0; round < 24; round++) {
    uint64_t column[5];
    for (int x = 0; x < 5; x++)
      column[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
    for (int x = 0; x < 5; x++) {
      uint64_t parity = column[(x + 4) % 5] ^ rotate(column[(x + 1) % 5], 1);
      for (int y = 0; y < 25; y += 5) lanes[y + x] ^= parity;
    }
    uint64_t moving = lanes[1];
    for (int i = 0; i < 24; i++) {
      uint64_t next = lanes[pi_lane[i]];
      lanes[pi_lane[i]] = rotate(moving, rotation[i]);
      moving = next;
    }
    for (int y = 0; y < 25; y += 5) {
      uint64_t row[5];
      memcpy(row, lanes + y, sizeof row);
      for (int x = 0; x < 5; x++) lanes[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
    }
    lanes[0] ^= round_constants[round];
  }
}

/* Keccak-256 with the first padding, as Ethereum has it; for little-endian machines. */
static void keccak256(const unsigned char *input, size_t length, unsigned char out[32]) {
  uint64_t lanes[25] = {0};
  unsigned char *state = (unsigned char *)lanes;
  for (; length >= RATE; input += RATE, length -= RATE) {
    for (int i = 0; i < RATE; i++) state[i] ^= input[i];
    permute(lanes);
  }
  for (size_t i = 0; i < length; i++) state[i] ^= input[i];
  state[length] ^= 0x01;
  state[RATE - 1] ^= 0x80;
  permute(lanes);
  memcpy(out, state, 32);
}

static int is_zero(const unsigned char *bytes, size_t length) {
  while (length-- > 0)
    if (*bytes++ != 0) return 0;
  return 1;
}

static int is_winner(const secp256k1_context *context, const unsigned char *ticket) {
  static const unsigned char prefix[] = "\x19" "Ethereum Signed Message:\n32";
  unsigned char hash[32], personal[sizeof prefix - 1 + 32], digest[32], draw[32], point[65];
  size_t point_length = sizeof point;
  secp256k1_ecdsa_recoverable_signature recoverable;
  secp256k1_ecdsa_signature signature;
  secp256k1_pubkey key;

  if (is_zero(ticket, 20) || is_zero(ticket + SENDER, 20) || is_zero(ticket + AUX_DATA, 64)) return 0;
  keccak256(ticket + RECIPIENT_RAND, 32, hash);
  if (memcmp(hash, ticket + RAND_HASH, 32) != 0) return 0;
  keccak256(ticket, SIG, hash);
  memcpy(personal, prefix, sizeof prefix - 1);
  memcpy(personal + sizeof prefix - 1, hash, 32);
  keccak256(personal, sizeof personal, digest);

  int v = ticket[SIG + 64];
  if (v != 27 && v != 28) return 0;
  if (!secp256k1_ecdsa_recoverable_signature_parse_compact(context, &recoverable, ticket + SIG, v - 27)) return 0;
  secp256k1_ecdsa_recoverable_signature_convert(context, &signature, &recoverable);
  if (secp256k1_ecdsa_signature_normalize(context, NULL, &signature)) return 0;
  if (!secp256k1_ecdsa_recover(context, &key, &recoverable, digest)) return 0;
  secp256k1_ec_pubkey_serialize(context, point, &point_length, &key, SECP256K1_EC_UNCOMPRESSED);
  keccak256(point + 1, 64, hash);
  if (memcmp(hash + 12, ticket + SENDER, 20) != 0) return 0;

  keccak256(ticket + SIG, TICKET - SIG, draw);
  return memcmp(draw, ticket + WIN_PROB, 32) < 0;
}

int main(int count, char **words) {
  FILE *file = count == 2 ? fopen(words[1], "rb") : NULL;
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) return 2;
  size_t length = (size_t)ftell(file);
  unsigned char *tickets = malloc(length);
  rewind(file);
  if (tickets == NULL || fread(tickets, 1, length, file) != length) return 2;

  secp256k1_context *context = secp256k1_context_create(SECP256K1_CONTEXT_VERIFY);
  struct timespec begin, end;
  size_t winners = 0;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  for (size_t at = 0; at + TICKET <= length; at += TICKET) winners += (size_t)is_winner(context, tickets + at);
  clock_gettime(CLOCK_MONOTONIC, &end);
  printf("%zu %lld\n", winners, (end.tv_sec - begin.tv_sec) * 1000000000LL + end.tv_nsec - begin.tv_nsec);
  return 0;
}
