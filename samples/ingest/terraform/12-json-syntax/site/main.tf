variable "name" {}

resource "aws_eip" "one" {
  tags = { Name = var.name }
}
