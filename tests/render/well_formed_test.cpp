#include "tests/render/well_formed.h"

#include <catch2/catch.hpp>

namespace mainstay {

TEST_CASE("xml checker: tells good from bad", "[render][xml]") {
  for (const char* good : {"<a/>", "<a b=\"c\">x &amp; y</a>\n", "<a><b/><c d=\"\"></c></a>"}) {
    CAPTURE(good);
    CHECK(xml_fault(good).empty());
  }
  for (const char* bad : {"", "x", "<a>", "<a></b>", "<a/><b/>", "<a b=c/>", "<a b=\"1\" b=\"2\"/>", "<a>&nbsp;</a>", "<a>\x1b</a>",
                          "<a b=\"<\"/>", "<a><b></a></b>"}) {
    CAPTURE(bad);
    CHECK_FALSE(xml_fault(bad).empty());
  }
}

}  // namespace mainstay
