// Reads HCL cases from standard input, one after another with a NUL octet between them, and prints one line a case: "invalid", or "valid"
// and, where every attribute has a value without any variable or function, those values as JSON, sorted by name.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"sort"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// values gives the attributes of the file as one JSON object; false when one of them cannot be known.
func values(body *hclsyntax.Body) (string, bool) {
	names := make([]string, 0, len(body.Attributes))
	for name := range body.Attributes {
		names = append(names, name)
	}
	sort.Strings(names)
	out := "{"
	for i, name := range names {
		value, problems := body.Attributes[name].Expr.Value(nil)
		if problems.HasErrors() || !value.IsWhollyKnown() {
			return "", false
		}
		if value.IsNull() {
			value = cty.NullVal(cty.String)
		}
		text, err := ctyjson.Marshal(value, value.Type())
		if err != nil {
			return "", false
		}
		if i > 0 {
			out += ","
		}
		out += fmt.Sprintf("%q:%s", name, text)
	}
	return out + "}", true
}

func main() {
	input, err := io.ReadAll(bufio.NewReader(os.Stdin))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, text := range bytes.Split(input, []byte{0}) {
		file, problems := hclsyntax.ParseConfig(text, "case.hcl", hcl.Pos{Byte: 0, Line: 1, Column: 1})
		if problems.HasErrors() {
			fmt.Fprintln(out, "invalid")
			continue
		}
		if known, ok := values(file.Body.(*hclsyntax.Body)); ok {
			fmt.Fprintln(out, "valid", known)
		} else {
			fmt.Fprintln(out, "valid")
		}
	}
}
