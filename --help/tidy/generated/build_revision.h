#pragma once
#define NIGHTJAR_REVISION "0b41b1e6b95e-dirty"
