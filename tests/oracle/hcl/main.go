// Reads HCL cases from standard input, one after another with a NUL octet between them, and prints one line a case: "invalid", or "valid"
// and, where every attribute has a value without any variable, those values as JSON, sorted by name. Functions are those of cty, under the
// names and with the few differences that Terraform gives them.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// replace takes a text between slashes as a regular expression.
var replace = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "str", Type: cty.String}, {Name: "substr", Type: cty.String}, {Name: "replace", Type: cty.String}},
	Type:   function.StaticReturnType(cty.String),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		sought := args[1].AsString()
		if len(sought) > 1 && strings.HasPrefix(sought, "/") && strings.HasSuffix(sought, "/") {
			return stdlib.RegexReplace(args[0], cty.StringVal(sought[1:len(sought)-1]), args[2])
		}
		return stdlib.Replace(args[0], args[1], args[2])
	},
})

// coalesce passes over empty texts as well as over nulls.
var coalesce = function.New(&function.Spec{
	VarParam: &function.Parameter{Name: "vals", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true},
	Type: func(args []cty.Value) (cty.Type, error) {
		types := make([]cty.Type, len(args))
		for i, arg := range args {
			types[i] = arg.Type()
		}
		one, _ := convert.UnifyUnsafe(types)
		if one == cty.NilType {
			return cty.NilType, errors.New("all arguments must have the same type")
		}
		return one, nil
	},
	Impl: func(args []cty.Value, want cty.Type) (cty.Value, error) {
		for _, arg := range args {
			value, err := convert.Convert(arg, want)
			if err != nil {
				return cty.NilVal, err
			}
			if !value.IsKnown() {
				return cty.UnknownVal(want), nil
			}
			if value.IsNull() || (want == cty.String && value.RawEquals(cty.StringVal(""))) {
				continue
			}
			return value, nil
		}
		return cty.NilVal, errors.New("no argument has a value")
	},
})

// length counts the characters of a text and the elements of everything else.
var length = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType, AllowDynamicType: true}},
	Type:   function.StaticReturnType(cty.Number),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		if args[0].Type() == cty.String {
			return stdlib.Strlen(args[0])
		}
		return stdlib.Length(args[0])
	},
})

var context = &hcl.EvalContext{Functions: map[string]function.Function{
	"abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "floor": stdlib.FloorFunc, "signum": stdlib.SignumFunc, "max": stdlib.MaxFunc,
	"min": stdlib.MinFunc, "pow": stdlib.PowFunc, "log": stdlib.LogFunc, "parseint": stdlib.ParseIntFunc, "chomp": stdlib.ChompFunc,
	"indent": stdlib.IndentFunc, "join": stdlib.JoinFunc, "lower": stdlib.LowerFunc, "upper": stdlib.UpperFunc, "title": stdlib.TitleFunc,
	"trim": stdlib.TrimFunc, "trimprefix": stdlib.TrimPrefixFunc, "trimsuffix": stdlib.TrimSuffixFunc, "trimspace": stdlib.TrimSpaceFunc,
	"split": stdlib.SplitFunc, "strrev": stdlib.ReverseFunc, "substr": stdlib.SubstrFunc, "replace": replace, "regex": stdlib.RegexFunc,
	"regexall": stdlib.RegexAllFunc, "format": stdlib.FormatFunc, "formatlist": stdlib.FormatListFunc, "length": length,
	"chunklist": stdlib.ChunklistFunc, "compact": stdlib.CompactFunc, "concat": stdlib.ConcatFunc, "contains": stdlib.ContainsFunc,
	"distinct": stdlib.DistinctFunc, "element": stdlib.ElementFunc, "flatten": stdlib.FlattenFunc, "keys": stdlib.KeysFunc,
	"values": stdlib.ValuesFunc, "lookup": stdlib.LookupFunc, "merge": stdlib.MergeFunc, "range": stdlib.RangeFunc,
	"reverse": stdlib.ReverseListFunc, "setproduct": stdlib.SetProductFunc, "setunion": stdlib.SetUnionFunc,
	"setintersection": stdlib.SetIntersectionFunc, "setsubtract": stdlib.SetSubtractFunc, "slice": stdlib.SliceFunc,
	"sort": stdlib.SortFunc, "zipmap": stdlib.ZipmapFunc, "coalescelist": stdlib.CoalesceListFunc,
	"csvdecode": stdlib.CSVDecodeFunc, "jsonencode": stdlib.JSONEncodeFunc, "jsondecode": stdlib.JSONDecodeFunc,
	"tostring": stdlib.MakeToFunc(cty.String), "tonumber": stdlib.MakeToFunc(cty.Number), "tobool": stdlib.MakeToFunc(cty.Bool),
	"toset": stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType)), "tolist": stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType)),
	"formatdate": stdlib.FormatDateFunc, "timeadd": stdlib.TimeAddFunc, "coalesce": coalesce,
	"tomap": stdlib.MakeToFunc(cty.Map(cty.DynamicPseudoType)), "try": tryfunc.TryFunc, "can": tryfunc.CanFunc,
}}

// values gives the attributes of the file as one JSON object; false when one of them cannot be known.
func values(body *hclsyntax.Body) (string, bool) {
	names := make([]string, 0, len(body.Attributes))
	for name := range body.Attributes {
		names = append(names, name)
	}
	sort.Strings(names)
	out := "{"
	for i, name := range names {
		value, problems := body.Attributes[name].Expr.Value(context)
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
