a = "x ${~ var.y ~} z %{ if c }t%{ else }f%{ endif }%{ for k, v in m ~} ${k} %{ endfor }"
b = <<-EOT
    one $${x}
      two ${join(",", l...)}
  EOT
c = "\u00e9\U0001F600\n"
