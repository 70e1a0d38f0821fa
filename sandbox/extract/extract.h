// SPDX-License-Identifier: Apache-2.0
// From a Document to Facts: the whole reading, as it runs inside the jail. A pure function of the bytes and
// the profiles: the same build gives byte-identical facts for the same document.
#pragma once

#include "sandbox/extract/profiles.h"
#include "sandbox/wire/document.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// Never fails: what cannot be read has a verdict. `sandbox` is left empty; the worker knows it. All caps of
// wire hold.
[[nodiscard]] wire::Facts ReadDocument(const wire::Document& document, const Profiles& profiles = {});

// Loads what reading would load late. Call before the jail: inside it no file can be opened.
void Prepare();

}  // namespace nightjar::extract
