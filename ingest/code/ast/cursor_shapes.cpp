#include "ingest/code/ast/cursor_shapes.h"

#include <clang-c/Index.h>

namespace mainstay::code::ast {

Shape shape_of(int kind) {
  switch (kind) {
    case CXCursor_UnexposedExpr:
    case CXCursor_ParenExpr:
    case CXCursor_CStyleCastExpr:
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXConstCastExpr:
    case CXCursor_CXXReinterpretCastExpr:
    case CXCursor_CXXFunctionalCastExpr: return Shape::wrapper;
    case CXCursor_StringLiteral: return Shape::literal;
    case CXCursor_DeclRefExpr: return Shape::named;
    case CXCursor_MemberRefExpr: return Shape::member;
    case CXCursor_CallExpr: return Shape::called;
    case CXCursor_BinaryOperator:
    case CXCursor_CompoundAssignOperator: return Shape::binary;
    case CXCursor_UnaryOperator: return Shape::unary;
    case CXCursor_ConditionalOperator: return Shape::choice;
    case CXCursor_InitListExpr: return Shape::list;
    case CXCursor_IfStmt:
    case CXCursor_SwitchStmt:
    case CXCursor_CaseStmt:
    case CXCursor_DefaultStmt:
    case CXCursor_CXXCatchStmt:
    case CXCursor_LambdaExpr: return Shape::branch;
    case CXCursor_WhileStmt:
    case CXCursor_DoStmt:
    case CXCursor_ForStmt:
    case CXCursor_CXXForRangeStmt: return Shape::loop;
    case CXCursor_ReturnStmt: return Shape::returns;
    case CXCursor_VarDecl: return Shape::variable;
    case CXCursor_ParmDecl: return Shape::parameter;
    case CXCursor_FieldDecl: return Shape::field;
    case CXCursor_FunctionDecl:
    case CXCursor_CXXMethod:
    case CXCursor_Constructor:
    case CXCursor_Destructor:
    case CXCursor_ConversionFunction:
    case CXCursor_FunctionTemplate: return Shape::function;
    case CXCursor_TypeRef:
    case CXCursor_NamespaceRef:
    case CXCursor_TemplateRef:
    case CXCursor_TypedefDecl:
    case CXCursor_EnumDecl:
    case CXCursor_TypeAliasDecl:
    case CXCursor_OverloadedDeclRef: return Shape::skipped;
    default: return Shape::plain;
  }
}

DeclKind decl_kind_of(int kind) {
  switch (kind) {
    case CXCursor_VarDecl: return DeclKind::variable;
    case CXCursor_ParmDecl: return DeclKind::parameter;
    case CXCursor_FieldDecl: return DeclKind::field;
    case CXCursor_EnumConstantDecl: return DeclKind::enumerator;
    case CXCursor_ClassDecl:
    case CXCursor_StructDecl:
    case CXCursor_ClassTemplate: return DeclKind::type;
    default: return shape_of(kind) == Shape::function ? DeclKind::function : DeclKind::other;
  }
}

NodeKind kind_of_statement(Shape shape) {
  switch (shape) {
    case Shape::choice: return NodeKind::choice;
    case Shape::list: return NodeKind::list;
    case Shape::branch: return NodeKind::branch;
    case Shape::loop: return NodeKind::loop;
    case Shape::returns: return NodeKind::returns;
    default: return NodeKind::other;
  }
}

NodeKind kind_of_operator(std::string_view mark) {
  if (mark == "=") return NodeKind::assign;
  if (mark == "+=") return NodeKind::append;
  return mark == "+" ? NodeKind::join : NodeKind::other;
}

bool is_expression(int kind) { return kind >= CXCursor_FirstExpr && kind <= CXCursor_LastExpr; }
bool is_whole_number(int type) { return type >= CXType_Bool && type <= CXType_Int128; }

}  // namespace mainstay::code::ast
