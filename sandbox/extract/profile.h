// SPDX-License-Identifier: Apache-2.0
// The generic reading of somebody's page: the name, what is labelled (member since, last seen, sales, rating,
// disputes, contacts), an armored public key, and the text that describes them.
#pragma once

#include "sandbox/extract/field_list.h"
#include "sandbox/extract/surroundings.h"

namespace nightjar::extract {

void ReadProfile(const Surroundings& at, FieldList& fields);

// An armored PGP public key block in the visible text, as field "pgp"; the first of the page.
void ReadPgpBlock(const Surroundings& at, FieldList& fields);

}  // namespace nightjar::extract
